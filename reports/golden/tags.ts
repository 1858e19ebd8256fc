// What stands between the angle brackets of a counterexample's page, and what may. Only tests import this file.

/** Names of elements and of attributes that the pages have; every value stands between double quotes. */
export const tag =
  /^<!doctype html>$|^<\/[a-z0-9]+>$|^<[a-z0-9]+(?: (?:class|id|name|content|charset|lang|http-equiv|href|scope|role|type|open|hidden|tabindex|placeholder|colspan|aria-[a-z]+|data-[a-z]+)(?:="[^"<>]*")?)*>$/

/** What stands between the angle brackets of a page, its style and its script left out. */
export const tagsOf = (page: string): readonly string[] =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<script>[\s\S]*?<\/script>/, '')
    .match(/<[\s\S]*?>/g) ?? []
