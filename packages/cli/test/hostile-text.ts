import fc from "fast-check";

/** Text that tries to command a terminal, break out of a table, a formula or a page, or hide and reorder letters. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.constantFrom(
        "\u001b[31m",
        "\u001b]0;title\u0007",
        "\u009b2J",
        "\u0000",
        "\r\n",
        "\t",
        "\u202e",
        "\u2066",
        "\u200b",
        "\ufeff",
        "\u{e0041}",
        "\ud800",
        "|",
        "`",
        "<script>alert(1)</script>",
        "&lt;",
        '"',
        "'",
        "@everyone",
        "#12",
        "=cmd|' /C calc'!A0",
        "-1+1",
        "[x](javascript:alert(1))",
        "**",
        "https://example.com",
        "日本",
        "👩‍👩‍👧",
        "é",
        "api",
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));
