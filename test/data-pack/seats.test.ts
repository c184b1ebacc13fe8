// Seats of the demo province: every place where people go has one, on land, near its district, and none made by a rule is passed off as true.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { distanceKm } from '#modules/org/index.ts'
import { generateSeats } from '../../packs/thanh-hoa/seats.ts'
import type { SuccessionsFile, UnitsFile } from '../../packs/thanh-hoa/types.ts'

const read = <T>(file: string): T => JSON.parse(readFileSync(join(import.meta.dirname, '../../packs/thanh-hoa', file), 'utf8')) as T
const { units } = read<UnitsFile>('units.json')
const { successions } = read<SuccessionsFile>('successions.json')
const seats = generateSeats(units, successions)
const seatOf = new Map(seats.map((seat) => [seat.unitId, seat]))

test('every commune and district, old and new, has one seat; only towns are known, the rest say that they are illustrations', () => {
  const places = units.filter((unit) => unit.level === 'xa' || unit.level === 'huyen')
  expect(places.filter((unit) => !seatOf.has(unit.id)).map((unit) => unit.name)).toEqual([])
  expect(new Set(seats.map((seat) => seat.unitId)).size).toBe(seats.length)
  expect(seats.filter((seat) => seat.sure === 'memory')).toHaveLength(28)
  for (const seat of seats) if (seat.sure === 'generated') expect(seat.source).toContain('không phải tọa độ thật')
})

test('all lie in the province, and a commune within a district’s reach of its town', () => {
  for (const { latitude, longitude } of seats) {
    expect(latitude).toBeGreaterThan(19.25)
    expect(latitude).toBeLessThan(20.75)
    expect(longitude).toBeGreaterThan(104.35)
    expect(longitude).toBeLessThan(106.1)
  }
  for (const unit of units.filter((one) => one.level === 'xa' && one.validTo !== null)) {
    expect(distanceKm(seatOf.get(unit.id)!, seatOf.get(unit.parent!)!), unit.name).toBeLessThan(45)
  }
})

test('no two old communes stand on one spot; what became one stands together', () => {
  const old = units.filter((unit) => unit.level === 'xa' && unit.validTo !== null)
  expect(new Set(old.map((unit) => `${seatOf.get(unit.id)!.latitude} ${seatOf.get(unit.id)!.longitude}`)).size).toBe(old.length)
  const ways = successions.filter((row) => row.main && row.from.startsWith('th-old-1')).map((row) => distanceKm(seatOf.get(row.from)!, seatOf.get(row.to)!))
  expect(Math.max(...ways)).toBeLessThan(20)
})

test('the same every time', () => expect(generateSeats(units, successions)).toEqual(seats))
