import fc from "fast-check";

// A change lands or not by what it does, not by what a property happened to try. LIMBECK_SEED looks elsewhere.
fc.configureGlobal({ seed: Number(process.env["LIMBECK_SEED"] ?? 20261122) });
