/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The validator itself: it must see what is wrong.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { validate } from '../support/schema.mjs';

const document = {
  shapes: {
    Leaf: { type: 'object', required: ['id'], properties: { id: { type: 'string' }, size: { type: 'integer', minimum: 0 } },
      additionalProperties: false },
    Tree: { type: 'object', required: ['leaves'], properties: { leaves: { type: 'array', items: { $ref: '#/shapes/Leaf' } },
      kind: { enum: ['oak', 'ash'] }, form: { const: 'Tree' }, note: { type: ['string', 'null'] } },
    additionalProperties: { type: 'number' } },
  },
};
const faults = (value) => validate(document.shapes.Tree, value, document);

test('what fits has no faults', () => {
  assert.deepEqual(faults({ leaves: [{ id: 'a', size: 0 }, { id: 'b' }], kind: 'oak', form: 'Tree', note: null, height: 1.5 }), []);
  assert.deepEqual(faults({ leaves: [] }), []);
});

const wrong = {
  'a missing property': [{}, /^\/: there is no leaves/],
  'another type': [{ leaves: {} }, /^\/leaves: object in place of array/],
  'null where it is not allowed': [{ leaves: null }, /null in place of array/],
  'an array where an object is wanted': [[], /array in place of object/],
  'a property too many': [{ leaves: [{ id: 'a', colour: 'red' }] }, /^\/leaves\/0: colour is not allowed/],
  'a fault behind a reference': [{ leaves: [{ id: 'a' }, { id: 1 }] }, /^\/leaves\/1\/id: number in place of string/],
  'a number with a fraction': [{ leaves: [{ id: 'a', size: 0.5 }] }, /number in place of integer/],
  'a number too small': [{ leaves: [{ id: 'a', size: -1 }] }, /-1 is below 0/],
  'a value that is not listed': [{ leaves: [], kind: 'elm' }, /"elm" is not one of oak, ash/],
  'another constant': [{ leaves: [], form: 'Bush' }, /"Bush" in place of "Tree"/],
  'neither of two types': [{ leaves: [], note: 1 }, /number in place of string or null/],
  'another type of what is not named': [{ leaves: [], height: 'tall' }, /^\/height: string in place of number/],
};
for (const [what, [value, words]] of Object.entries(wrong)) {
  test(`sees ${what}`, () => {
    assert.equal(faults(value).length, 1);
    assert.match(faults(value)[0], words);
  });
}

test('refuses schemas that it does not understand', () => {
  assert.throws(() => validate({ oneOf: [] }, 1), /oneOf/);
  assert.throws(() => validate({ $ref: '#/nowhere' }, 1), /leads nowhere/);
  assert.throws(() => validate({ $ref: 'other.json' }, 1), /leads nowhere/);
});
