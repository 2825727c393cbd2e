import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["dist/", "node_modules/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: { ...globals.browser, gateway: "readonly", WITH_PARTS: "readonly" } },
    rules: {
      "eqeqeq": "error",
      "no-self-compare": "off",
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  { files: ["build.js", "test/**"], languageOptions: { globals: globals.node } },
];
