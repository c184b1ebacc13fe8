import { loadAssets } from '../client/assets.ts'
import { gzipSync } from 'node:zlib'
import { writeFileSync } from 'node:fs'
const a = await loadAssets(); console.log(a.files.slice(0,2).map(f => [f.url, f.body.length, gzipSync(f.body).length]))
writeFileSync('/tmp/min.css', a.files[0].body); writeFileSync('/tmp/min.js', a.files[1].body)
