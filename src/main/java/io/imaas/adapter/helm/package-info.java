/** Real Helm as a library: nothing needs to be installed, nothing is fetched. */
package io.imaas.adapter.helm;
