# Sourced by the launcher and the set-up, so that both mean the same.

# is_fresh ROOT: whether the last set-up ended well and nothing that it read has changed since. Folders count too: a
# deleted or renamed source changes its folder.
is_fresh() {
  [ -f "$1/.ready/built" ] && [ -x "$1/node_modules/node/bin/node" ] && [ -z "$(
    find "$1"/packages/*/src "$1"/packages/*/bin "$1"/packages/*/scripts "$1"/packages/*/package.json \
      "$1"/packages/*/tsconfig*.json "$1/package.json" "$1/pnpm-lock.yaml" "$1/pnpm-workspace.yaml" \
      "$1/tsconfig.base.json" ! -name '*.test.ts' -newer "$1/.ready/built" -print -quit 2>/dev/null
  )" ]
}
