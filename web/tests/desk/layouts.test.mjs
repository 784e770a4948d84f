/** Which layout a call has. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { layoutOf } from "../../node_modules/.cache/desk/finesse/site.js";

const layout = (name) => ({ name, header: null, columns: [] });
const layouts = { byDefault: layout("Default Layout"), others: [layout("Default Layout"), layout("Claims"), layout("")] };
const call = (...variables) => ({ variables: variables.map(([name, value]) => ({ name, value })) });
const nameOf = (call) => layoutOf(call, layouts)?.name;

test("a call has the layout that its variable user.Layout names", () => {
  assert.equal(nameOf(call(["callVariable1", "Orders"], ["user.Layout", " Claims "])), "Claims");
});

test("a call that names no layout, or one that is not there, has the default one", () => {
  assert.equal(nameOf(call()), "Default Layout");
  assert.equal(nameOf(call(["user.Layout", ""])), "Default Layout");
  assert.equal(nameOf(call(["user.Layout", "claims"])), "Default Layout", "names are as they are written");
  assert.equal(layoutOf(call(["user.Layout", "Claims"]), { byDefault: null, others: [] }), null);
});
