/** The bundler takes stylesheets in; to the compiler they are nothing. */
declare module "*.css";
