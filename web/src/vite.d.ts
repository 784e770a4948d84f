/** What Vite understands besides modules. */
declare module "*.css";
