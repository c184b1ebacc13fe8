// The frame of the simulator's pages: plain, its own look, so that nobody takes them for the platform's or for the true VNeID.

import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'

const STYLE = `
*{box-sizing:border-box}body{margin:0;font:17px/1.5 system-ui,sans-serif;color:#14213d;background:#eef2f7}
.sim{background:#14213d;color:#fff;padding:.6rem 1rem;text-align:center;font-weight:700}
main{max-width:36rem;margin:1.25rem auto;padding:1.25rem;background:#fff;border:1px solid #b8c4d6;border-radius:6px}
h1{font-size:1.35rem;line-height:1.3;margin:0 0 .75rem}h2{font-size:1.05rem;margin:1.25rem 0 .4rem}p{margin:.5rem 0}ul{padding-left:1.2rem;margin:.25rem 0}
.people{list-style:none;padding:0;display:grid;gap:.5rem}.people button{width:100%;text-align:left}
button,.btn{font:inherit;display:inline-block;padding:.6rem .9rem;min-height:44px;border:1px solid #3a5a8c;border-radius:6px;background:#fff;color:#14213d;cursor:pointer;text-decoration:none}
button.main{background:#1d4e89;border-color:#1d4e89;color:#fff}button:hover,.btn:hover{outline:2px solid #1d4e89}
:focus-visible{outline:3px solid #d97706;outline-offset:2px}a{color:#1d4e89}
.small{font-size:.9rem;color:#44546f}.otp{font-size:1.6rem;letter-spacing:.2em;font-variant-numeric:tabular-nums;background:#fdf6d8;padding:.4rem .8rem;display:inline-block}
input[type=text]{font:inherit;font-size:1.3rem;padding:.5rem;border:1px solid #44546f;border-radius:6px;width:100%;max-width:12rem}
.wrong{color:#9b1c1c;font-weight:600}.row{display:flex;flex-wrap:wrap;gap:.6rem;margin-top:1rem}form+form{margin-top:.75rem}label{display:block;margin:.4rem 0}
fieldset{border:1px solid #b8c4d6;border-radius:6px;margin:1rem 0}legend{font-weight:700;padding:0 .3rem}
@media(prefers-color-scheme:dark){body{background:#0d1524;color:#e6ecf5}main{background:#16213a;border-color:#3a4a68}button,.btn{background:#1c2947;color:#e6ecf5;border-color:#6d8ab8}
button.main{background:#8fb8ee;color:#0d1524}.small{color:#a9b8d0}a{color:#9cc2f5}.otp{background:#3a3413}.wrong{color:#ffb4b4}input[type=text]{background:#0d1524;color:#e6ecf5}}`

/** A whole document. Says in clear words that this is not the true VNeID. */
export function page(title: string, children: ComponentChildren): string {
  return `<!doctype html>${renderToString(
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} – VNeID mô phỏng`}</title>
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      </head>
      <body>
        <header class="sim">Bản mô phỏng VNeID – chỉ dùng để thử</header>
        <main>
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>,
  )}`
}
