/**
 * @file The recipe inside a picture file, as an XMP packet: PNG, JPEG and WebP all hold one, and other programs
 * carry it along. The recipe stands there as JSON in one property of a namespace of our own.
 */
import { parseRecipeJson } from '../../storage/recipe-json'

const NAMESPACE = 'urn:impasto:painting:1'
const property = /<impasto:recipe>([^<]*)<\/impasto:recipe>/

/** An XMP packet (ISO 16684-1) that holds `recipe`. */
export function recipeToXmp(recipe: unknown): string {
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    `<rdf:Description rdf:about="" xmlns:impasto="${NAMESPACE}" xmlns:xmp="http://ns.adobe.com/xap/1.0/">`,
    '<xmp:CreatorTool>Impasto</xmp:CreatorTool>',
    `<impasto:recipe>${jsonWithoutMarkup(recipe)}</impasto:recipe>`,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="w"?>',
  ].join('\n')
}

/** The recipe in an XMP packet, not yet checked; null where there is none. */
export function recipeFromXmp(xmp: string): unknown {
  const json = property.exec(xmp)?.[1]
  return json === undefined ? null : (parseRecipeJson(json) ?? null)
}

/** JSON may escape any character, so that nothing in it can be taken for markup and XML needs no escapes. */
function jsonWithoutMarkup(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
