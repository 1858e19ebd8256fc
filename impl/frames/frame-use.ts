// What a frame can be used for. `spare` frames are set aside for tables and hold none now; `reserved` ones are out of
// use for good; `image` ones are the kernel's own, among them the frame of zeros.

export const frameUse = { free: 0, page: 1, table: 2, spare: 3, kernel: 4, reserved: 5, image: 6 } as const
