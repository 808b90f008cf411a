#!/usr/bin/env bash
# TensorFlow.js 4.22.0 (tfjs-core) with its two backends for machines without a graphics card, cpu and wasm, which one exchanges by one line, in Node
# 20. image.transform (turn, move, resize: augmentation) of two pictures at once: cpu moves the first; the second is gone, filled with the
# ground, be it one matrix for both or one each. wasm is right. dilation2d, the largest of a neighbourhood, of a picture below 0 (a depth, a negative, a
# difference): wasm says 0 everywhere, cpu is right. conv2d with "same", a filter of 2 in steps of 3 on a size of 6, 9 or 12, where
# nothing needs padding: wasm says 0 everywhere; cpu, and wasm itself at 7 and 8, are right. One picture at a time, pictures above 0 and filters that
# are no smaller than their step agree, so a test with those shows nothing. Nothing warns. So a page works on one visitor's machine and sees
# nothing on another's. Safe: picture by picture on cpu; on wasm lifted above 0 before a dilation, and "valid".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0 >/dev/null
cat > seen.mjs <<'JS'
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

setWasmPaths(`${process.cwd()}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`);
console.debug = console.warn = () => {};
const counted = (n, from = 0) => Array.from({ length: n }, (_, k) => k + from);
const moved = [1, 0, 2, 0, 1, 0, 0, 0]; // two pixels to the left
const ways = {
  'two pictures moved by 2': () => tf.image.transform(tf.tensor4d([...counted(6, 1), ...counted(6, 11)], [2, 1, 6, 1]), tf.tensor2d([moved, moved])),
  'one picture moved by 2': () => tf.image.transform(tf.tensor4d(counted(6, 11), [1, 1, 6, 1]), tf.tensor2d([moved])),
  'dilation below 0': () => tf.dilation2d(tf.tensor4d(counted(6, -9), [1, 1, 6, 1]), tf.zeros([1, 2, 1]), 1, 'valid'),
  'dilation above 0': () => tf.dilation2d(tf.tensor4d(counted(6, 1), [1, 1, 6, 1]), tf.zeros([1, 2, 1]), 1, 'valid'),
};
for (const n of [6, 7, 8, 9, 12]) {
  const first = () => tf.tensor4d([1, 0], [1, 2, 1, 1]); // takes the first pixel of each window
  ways[`every third of ${n}`] = () => tf.conv2d(tf.tensor4d(counted(n, 1), [1, 1, n, 1]), first(), [1, 3], 'same');
}
for (const [name, way] of Object.entries(ways)) {
  const said = [];
  for (const backend of ['cpu', 'wasm']) {
    await tf.setBackend(backend);
    said.push(`${tf.getBackend()}: ${Array.from(way().dataSync()).map((v) => Math.round(v * 1e3) / 1e3).join(' ')}`);
  }
  console.log(`${name} | ${said.join(' | ')}`);
}
JS
seen=$(node seen.mjs 2> log) || { cat log; exit 1; }
echo "$seen"
wanted='two pictures moved by 2 | cpu: 3 4 5 6 0 0 0 0 0 0 0 0 | wasm: 3 4 5 6 0 0 13 14 15 16 0 0
one picture moved by 2 | cpu: 13 14 15 16 0 0 | wasm: 13 14 15 16 0 0
dilation below 0 | cpu: -8 -7 -6 -5 -4 | wasm: 0 0 0 0 0
dilation above 0 | cpu: 2 3 4 5 6 | wasm: 2 3 4 5 6
every third of 6 | cpu: 1 4 | wasm: 0 0
every third of 7 | cpu: 1 4 7 | wasm: 1 4 7
every third of 8 | cpu: 1 4 7 | wasm: 1 4 7
every third of 9 | cpu: 1 4 7 | wasm: 0 0 0
every third of 12 | cpu: 1 4 7 10 | wasm: 0 0 0 0'
[ "$seen" = "$wanted" ] || { echo "this has changed"; exit 1; }
