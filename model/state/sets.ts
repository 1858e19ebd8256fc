// What there is in numbers that a scope gives: the sets that the state is made of, and what their members are called.

import { type Id, set } from '../kit/index.js'

export const process = set('process')
export const space = set('space')
export const page = set('page')
export const frame = set('frame')
export const slot = set('slot')
export const object = set('object')
/** A page of an object. */
export const part = set('part')
export const area = set('area')
export const cpu = set('cpu')
/** A record of a region. */
export const node = set('node')
/** A place of a TLB. */
export const translation = set('translation')
/** A page of the kernel half, which all roots share. */
export const kernelPage = set('kernelPage')
/** An entry of a directory, which is the root: where a table of the last level hangs. */
export const table = set('table')
/** A place where a CPU keeps the upper part of a walk. */
export const walk = set('walk')
/** A number that translations bear in place of a space (x86: PCID, Arm and RISC-V: ASID). */
export const tag = set('tag')
/** A place for one pin: a device may reach a frame through it. */
export const pin = set('pin')
/** The identity that a region of private memory gets with its first write, where regions have one (Linux: anon_vma). */
export const chain = set('chain')

export type Cpu = Id<'cpu'>
export type Process = Id<'process'>
export type Space = Id<'space'>
export type Page = Id<'page'>
export type Frame = Id<'frame'>
export type Slot = Id<'slot'>
export type ObjectId = Id<'object'>
export type PartId = Id<'part'>
export type Area = Id<'area'>
export type RegionNode = Id<'node'>
export type Chain = Id<'chain'>
export type Table = Id<'table'>
export type Pin = Id<'pin'>
export type Tag = Id<'tag'>
