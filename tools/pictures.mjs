//! Draws the pictures that the pages to cite name: two quotation marks, as in web/frontend/icon.svg.
//! `node tools/pictures.mjs` writes src/server/pages/card.png and src/server/pages/favicon.ico.

import { writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

/// The ground and the marks, as in the icon, whose side is 32.
const [GROUND, MARK] = [[0x1f, 0x4e, 0x5f], [0xff, 0xff, 0xff]];
const SIDE = 32;
/// How many points of a pixel are looked at, each way.
const POINTS = 4;

/// The points of a cubic curve behind its begin.
function curve([x0, y0], [x1, y1], [x2, y2], [x3, y3]) {
  return Array.from({ length: 24 }, (_, at) => {
    const t = (at + 1) / 24;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
    return [a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3];
  });
}

/// One mark, moved to the right: a tail that bends, and a half circle below.
function mark(right) {
  const tail = curve([7, 20.5], [7, 14.5], [10, 11], [14, 9.5]);
  const inner = curve([15, 11.5], [12.5, 12.7], [11, 14.5], [10.8, 16.5]);
  const belly = curve([10.8, 16.5], [13.4, 16.2], [15.5, 18], [15.5, 20.5]);
  const round = Array.from({ length: 48 }, (_, at) => {
    const angle = (Math.PI * (at + 1)) / 48;
    return [11.25 + 4.25 * Math.cos(angle), 20.5 + 4.25 * Math.sin(angle)];
  });
  const line = [[7, 20.5], ...tail, [15, 11.5], ...inner, ...belly, ...round];
  return line.map(([x, y]) => [x + right, y]);
}

const MARKS = [mark(0), mark(10.5)];

/// Whether a point is inside a polygon, by the sides that a line to the left of it crosses.
function inside(polygon, x, y) {
  let is = false;
  polygon.forEach(([x1, y1], at) => {
    const [x0, y0] = polygon.at(at - 1);
    if (y1 > y !== y0 > y && x < ((x0 - x1) * (y - y1)) / (y0 - y1) + x1) is = !is;
  });
  return is;
}

/// Whether a point is on the ground, whose corners are round.
function onGround(corner, x, y) {
  const past = (at) => Math.max(corner - at, at - (SIDE - corner), 0);
  return Math.hypot(past(x), past(y)) <= corner;
}

/// A square picture as PNG; with `corner` its corners are transparent.
function png(pixels, corner) {
  const channels = corner ? 4 : 3;
  const rows = Buffer.alloc(pixels * (pixels * channels + 1));
  let at = 0;
  for (let row = 0; row < pixels; row++) {
    rows[at++] = 0; // No filter.
    for (let column = 0; column < pixels; column++) {
      let [seen, marked] = [0, 0];
      for (let point = 0; point < POINTS * POINTS; point++) {
        const x = ((column + ((point % POINTS) + 0.5) / POINTS) * SIDE) / pixels;
        const y = ((row + (Math.floor(point / POINTS) + 0.5) / POINTS) * SIDE) / pixels;
        if (corner && !onGround(corner, x, y)) continue;
        seen++;
        if (MARKS.some((polygon) => inside(polygon, x, y))) marked++;
      }
      const share = seen ? marked / seen : 0;
      for (let channel = 0; channel < 3; channel++) {
        rows[at++] = Math.round(GROUND[channel] + (MARK[channel] - GROUND[channel]) * share);
      }
      if (corner) rows[at++] = Math.round((255 * seen) / POINTS ** 2);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(pixels, 0);
  head.writeUInt32BE(pixels, 4);
  head.set([8, corner ? 6 : 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

/// A part of a PNG, with its length and its CRC-32.
function chunk(name, content) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  let crc = ~0;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(~crc >>> 0);
  return Buffer.concat([length, body, sum]);
}

/// A PNG as the only picture of an ICO.
function ico(pixels, picture) {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2); // An icon
  head.writeUInt16LE(1, 4); // with one picture
  head.set([pixels, pixels], 6);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(picture.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, picture]);
}

const folder = new URL('../src/server/pages/', import.meta.url);
writeFileSync(new URL('card.png', folder), png(600, 0));
writeFileSync(new URL('favicon.ico', folder), ico(48, png(48, 7)));
