/** Whether bytes begin like OpenTelemetry records: the length of the first, its first field, and bytes that no text has. */
export const isOtlpRecords = (bytes: Uint8Array): boolean => {
  let at = 0;
  while (at < 5 && ((bytes[at] ?? 0) & 0x80) !== 0) at += 1;
  return (bytes[at] ?? 0) !== 0 && bytes[at + 1] === 0x0a && bytes.subarray(0, 512).some((byte) => byte < 9);
};
