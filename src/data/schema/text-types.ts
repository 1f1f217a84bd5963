import { DataType } from 'apache-arrow';

/** Text of any layout: plain, large or views. */
export function isTextType(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isLargeUtf8(type) || DataType.isUtf8View(type);
}

/** Bytes of any length, of any layout: plain, large or views. */
export function isBytesType(type: DataType): boolean {
  return DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isBinaryView(type);
}
