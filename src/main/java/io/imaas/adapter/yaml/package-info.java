/**
 * Edits of YAML files that leave every byte they are not asked for as it was: the file is read for the places of its
 * nodes, text is spliced in, and the result is read again to prove that nothing else changed its meaning.
 */
package io.imaas.adapter.yaml;
