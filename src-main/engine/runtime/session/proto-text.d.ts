/** The bundler hands over a .proto file as its text. */
declare module '*.proto?raw' {
  const text: string
  export default text
}
