/** @file The address of an image that main chose (see [Note: The window knows images by id]). */

export function imageAddress(id: string): string {
  return `impasto://image/${id}`
}
