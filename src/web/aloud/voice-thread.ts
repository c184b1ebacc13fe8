// The voice itself, in a thread of its own: speaking takes the processor for a while, and other requests are not to wait for it.

import { parentPort } from 'node:worker_threads'
import ESpeakNg from 'espeak-ng'

interface Asked {
  readonly id: number
  readonly text: string
  readonly voice: string
}

parentPort!.on('message', async ({ id, text, voice }: Asked) => {
  try {
    const speaker = await ESpeakNg({ arguments: ['-v', voice, '-s', '145', '-w', 'said.wav', text], print: () => {}, printErr: () => {} })
    parentPort!.postMessage({ id, wav: speaker.FS.readFile('said.wav') })
  } catch (error) {
    parentPort!.postMessage({ id, fault: String(error) })
  }
})
