/** The folder of the built pages. */
export declare const folder: URL;
