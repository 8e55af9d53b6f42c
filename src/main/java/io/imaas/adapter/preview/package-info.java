/** The world as it would be: ports that answer as if they had written, and write nothing. */
package io.imaas.adapter.preview;
