// What we use of espeak-ng: the command-line program compiled to WebAssembly, which writes what it says into a file of its own.
declare module 'espeak-ng' {
  interface Speaker {
    readonly FS: { readFile(path: string): Uint8Array }
  }
  export default function ESpeakNg(options: {
    arguments: readonly string[]
    print?: (line: string) => void
    printErr?: (line: string) => void
  }): Promise<Speaker>
}
