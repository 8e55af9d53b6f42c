/**
 * A cluster that is a folder: it keeps what is applied, one YAML file an object, and says honestly that nothing runs.
 * For the demo, for tests and for trying out changes.
 */
package io.imaas.dev.local;
