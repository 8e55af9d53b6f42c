/** Signed statements: what they say, how they are signed, and whose signatures count. */
package io.imaas.model.record;
