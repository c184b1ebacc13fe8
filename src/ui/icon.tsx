// Small line icons on a 16 px grid, drawn here so that a page needs no icon font; always beside words, so hidden from readers.

const PATHS = {
  check: 'M3 8.5l3.2 3.2L13 5',
  tick: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM5.2 8.2l2 2 3.6-4',
  cross: 'M4 4l8 8M12 4l-8 8',
  stop: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4',
  coin: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM8 4.4v7.2M10 6.1H7.2a1.2 1.2 0 0 0 0 2.4h1.6a1.2 1.2 0 0 1 0 2.4H6',
  clock: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM8 4.6V8l2.4 1.6',
  hourglass: 'M4 2h8M4 14h8M5 2c0 3 3 4 3 6s-3 3-3 6M11 2c0 3-3 4-3 6s3 3 3 6',
  pause: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM6.4 6v4M9.6 6v4',
  alert: 'M8 2.2 14.4 13.4H1.6L8 2.2ZM8 6.4v3.2M8 11.6v.01',
  info: 'M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4ZM8 7.4v3.4M8 5v.01',
  circle: 'M8 13.4A5.4 5.4 0 1 0 8 2.6a5.4 5.4 0 0 0 0 10.8Z',
  half: 'M8 13.4A5.4 5.4 0 1 0 8 2.6a5.4 5.4 0 0 0 0 10.8ZM8 2.6v10.8M8 5.2h4.4M8 8h5.4M8 10.8h4.4',
  right: 'M3 8h10M9 4l4 4-4 4',
  left: 'M13 8H3M7 4 3 8l4 4',
  next: 'M6 3.5 10.5 8 6 12.5',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  search: 'M7 11.6a4.6 4.6 0 1 0 0-9.2 4.6 4.6 0 0 0 0 9.2ZM10.4 10.4 14 14',
  plus: 'M8 3v10M3 8h10',
  trash: 'M2.6 4.4h10.8M6 4.4V2.6h4v1.8M4 4.4l.6 9h6.8l.6-9',
  file: 'M4 1.8h5l3.4 3.4v9H4V1.8ZM9 1.8v3.4h3.4',
  folder: 'M1.8 12.8V3.4h4.4l1.4 1.8h6.6v7.6H1.8Z',
  inbox: 'M2 9.4 4 3h8l2 6.4v3.8H2V9.4ZM2 9.4h3.4l1 1.8h3.2l1-1.8H14',
  send: 'M14 2 2 7.2l4.6 2.2L8.8 14 14 2ZM6.6 9.4 14 2',
  user: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8ZM2.8 13.8c.5-2.5 2.5-3.8 5.2-3.8s4.7 1.3 5.2 3.8',
  building: 'M3 14V2.4h7V14M10 6h3v8M1.8 14h12.4M5.4 5.2h2M5.4 8h2M5.4 10.8h2',
  calendar: 'M2.4 3.4h11.2v10.2H2.4V3.4ZM2.4 6.6h11.2M5.4 1.8v3M10.6 1.8v3',
  lock: 'M3.4 7.2h9.2v6.4H3.4V7.2ZM5.4 7.2V5a2.6 2.6 0 0 1 5.2 0v2.2',
  pen: 'M2.6 13.4l.8-3.2 7.4-7.4 2.4 2.4-7.4 7.4-3.2.8ZM9 4.6 11.4 7',
  download: 'M8 2v8M4.6 6.8 8 10.2l3.4-3.4M2.6 13.6h10.8',
  copy: 'M5.4 5.4h8.2v8.2H5.4V5.4ZM10.6 5.4v-3H2.4v8.2h3',
  chart: 'M2.2 13.8h11.6M4.2 11.4V8M8 11.4V3.4M11.8 11.4V6',
  speaker: 'M2.4 6.2v3.6h2.4L8.4 13V3L4.8 6.2H2.4ZM10.6 5.6a3.4 3.4 0 0 1 0 4.8M12.4 3.8a6 6 0 0 1 0 8.4',
  home: 'M2 7.6 8 2.4l6 5.2M3.8 6.6v7h8.4v-7',
  bell: 'M4 11.4V7a4 4 0 0 1 8 0v4.4H4ZM2.6 11.4h10.8M6.8 13.8h2.4',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}
