/** Stable names of diagnostics; the catalogue is completed by the load, model and check stages. */
export type DiagnosticCode = string;
