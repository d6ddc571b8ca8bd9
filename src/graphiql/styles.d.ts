/** The bundler puts style sheets into a file beside the page. */
declare module '*.css';
