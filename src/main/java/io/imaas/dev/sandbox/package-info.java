/** {@code imaas dev}: a platform of one service on one machine. */
package io.imaas.dev.sandbox;
