"use strict";

exports.importModule = (specifier) => import(specifier);
