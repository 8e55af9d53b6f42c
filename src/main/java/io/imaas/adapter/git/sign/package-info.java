/** Keys that sign commits, and know their own signatures again. */
package io.imaas.adapter.git.sign;
