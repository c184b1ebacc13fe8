// Ways to the authority: distances of places that are known, properties of a metric, averages by people or by commune.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceKm, type Ground, nearest, type Point, travel } from './distance.ts'

const point = fc.record({ latitude: fc.double({ min: -89, max: 89, noNaN: true }), longitude: fc.double({ min: -179, max: 179, noNaN: true }) })

test.each([
  // One degree of latitude is 111.195 km on the mean sphere.
  ['một độ vĩ', { latitude: 19, longitude: 105 }, { latitude: 20, longitude: 105 }, 111.195],
  // Hà Nội (21.0285, 105.8542) – Thành phố Hồ Chí Minh (10.8231, 106.6297): about 1,138 km by air.
  ['Hà Nội – TP.HCM', { latitude: 21.0285, longitude: 105.8542 }, { latitude: 10.8231, longitude: 106.6297 }, 1137.9],
  ['tại chỗ', { latitude: 19.8, longitude: 105.77 }, { latitude: 19.8, longitude: 105.77 }, 0],
  ['hai cực', { latitude: 90, longitude: 0 }, { latitude: -90, longitude: 0 }, Math.PI * 6371.0088],
])('%s', (_name, a: Point, b: Point, km: number) => {
  expect(Math.abs(distanceKm(a, b) - km)).toBeLessThan(Math.max(0.5, km * 0.001))
})

test('a distance is a metric, and the nearest desk is nearer than any other', () => {
  fc.assert(fc.property(point, point, point, (a, b, c) => {
    expect(distanceKm(a, b)).toBeCloseTo(distanceKm(b, a), 6)
    expect(distanceKm(a, c)).toBeLessThanOrEqual(distanceKm(a, b) + distanceKm(b, c) + 1e-6)
  }))
  fc.assert(fc.property(point, fc.array(point, { minLength: 1, maxLength: 12 }), (from, points) => {
    const best = nearest(from, points.map((at, n) => ({ ...at, unit: `u${n}` })))!
    for (const at of points) expect(best.km).toBeLessThanOrEqual(distanceKm(from, at) + 1e-9)
  }))
})

test('averages weigh people when all are known, else communes; the worst and the far are named', () => {
  const at = (longitude: number) => ({ latitude: 0, longitude })
  const desk = (unit: string, longitude: number) => ({ ...at(longitude), unit })
  const ground = (unit: string, longitude: number, after: number, people: number | null): Ground => ({ unit, from: at(longitude), before: desk(unit, longitude), after: desk('new', after), people })
  const both = travel([ground('a', 0, 0, 9000), ground('b', 1, 0, 1000)], [desk('c', 0.9)])
  expect(both.weighed).toBe('people')
  expect(both.beforeKm).toBe(0)
  expect(both.afterKm).toBeCloseTo(11.12, 1)
  expect(both.worst?.unit).toBe('b')
  expect(both.far.map((way) => way.unit)).toEqual(['b'])
  expect(both.worst?.nearer?.unit).toBe('c')
  expect(both.ways[0]!.nearer).toBeNull()
  const one = travel([ground('a', 0, 0, 9000), ground('b', 1, 0, null)], [])
  expect(one.weighed).toBe('communes')
  expect(one.afterKm).toBeCloseTo(55.6, 1)
  expect(travel([], []).worst).toBeNull()
})
