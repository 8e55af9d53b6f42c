/** Which commits changed which paths, kept beside the clone. */
package io.imaas.adapter.git.history;
