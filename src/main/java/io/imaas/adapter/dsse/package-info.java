/** Statements as in-toto has them, in envelopes as DSSE has them, signed with a key in a file. */
package io.imaas.adapter.dsse;
