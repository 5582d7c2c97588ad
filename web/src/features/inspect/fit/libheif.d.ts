/** What is used of libheif's JavaScript interface; its own types have the C functions only. */
declare module 'libheif-js/libheif-wasm/libheif-bundle.mjs' {
  interface HeifImage {
    is_primary(): boolean
    get_width(): number
    get_height(): number
    /** Writes RGBA, upright as the file asks for; calls back with null where it cannot be decoded. */
    display(into: { data: Uint8ClampedArray; width: number; height: number }, done: (made: unknown) => void): void
  }
  interface Libheif {
    HeifDecoder: new () => { decode(file: ArrayBuffer): HeifImage[] }
  }
  export default function libheif(): Promise<Libheif> | Libheif
}
