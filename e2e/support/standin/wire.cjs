'use strict';
/**
 * Values as JSON text, cloned as structured cloning does: dates, maps, sets, big integers, undefined, bytes, errors, NaN. Functions and
 * symbols are refused as Electron refuses them. Self-contained: the same text also runs inside the page.
 */
const TAG = '$';

function encode(value) {
  return JSON.stringify(pack(value));
}

function decode(text) {
  return unpack(JSON.parse(text));
}

function pack(value) {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : { [TAG]: 'number', value: String(value) };
  if (value === undefined) return { [TAG]: 'undefined' };
  if (typeof value === 'bigint') return { [TAG]: 'bigint', value: String(value) };
  if (typeof value === 'function' || typeof value === 'symbol') throw new Error('An object could not be cloned.');
  if (Array.isArray(value)) return value.map(pack);
  return packObject(value);
}

function packObject(value) {
  if (value instanceof Date) return { [TAG]: 'date', value: value.getTime() };
  if (value instanceof Map) return { [TAG]: 'map', value: [...value].map((entry) => entry.map(pack)) };
  if (value instanceof Set) return { [TAG]: 'set', value: [...value].map(pack) };
  if (value instanceof Error) return { [TAG]: 'error', name: value.name, message: value.message };
  if (value instanceof ArrayBuffer) return { [TAG]: 'bytes', value: toBase64(new Uint8Array(value)) };
  if (ArrayBuffer.isView(value)) {
    return { [TAG]: 'bytes', value: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
  }
  const entries = Object.entries(value).map(([name, item]) => [name, pack(item)]);
  return TAG in value ? { [TAG]: 'object', value: entries } : Object.fromEntries(entries);
}

const unpackTagged = {
  undefined: () => undefined,
  number: ({ value }) => Number(value),
  bigint: ({ value }) => BigInt(value),
  date: ({ value }) => new Date(value),
  map: ({ value }) => new Map(value.map((entry) => entry.map(unpack))),
  set: ({ value }) => new Set(value.map(unpack)),
  error: ({ name, message }) => Object.assign(new Error(message), { name }),
  bytes: ({ value }) => Uint8Array.from(globalThis.atob(value), (character) => character.charCodeAt(0)),
  object: ({ value }) => Object.fromEntries(value.map(([name, item]) => [name, unpack(item)])),
};

function unpack(value) {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(unpack);
  if (TAG in value) return unpackTagged[value[TAG]](value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unpack(item)]));
}

function toBase64(bytes) {
  const PART = 32768;
  let text = '';
  for (let from = 0; from < bytes.length; from += PART)
    text += String.fromCharCode(...bytes.subarray(from, from + PART));
  return globalThis.btoa(text);
}

module.exports = { encode, decode };
