// Texts that esbuild puts into the page.
declare module "*.yaml" {
  const text: string;
  export default text;
}
