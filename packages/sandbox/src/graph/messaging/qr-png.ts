import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

const pixelsPerModule = 8;

/** A QR code as a PNG of one bit a pixel. W3C: Portable Network Graphics, 3rd edition. */
export function renderPng(text: string): Uint8Array<ArrayBuffer> {
  const { data, size } = encode(text, { border: 4 });
  const side = size * pixelsPerModule;
  const rows = Array.from({ length: side }, (_, y) => {
    // The first byte of a row says that it is not filtered.
    const row = new Uint8Array(1 + Math.ceil(side / 8));
    for (let x = 0; x < side; x++) {
      const isDark = data[Math.floor(y / pixelsPerModule)]?.[Math.floor(x / pixelsPerModule)] ?? false;
      const byte = 1 + (x >> 3);
      if (!isDark) row[byte] = (row[byte] ?? 0) | (0x80 >> (x & 7));
    }
    return row;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1;
  return new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.concat(rows))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
