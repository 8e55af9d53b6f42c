/** Who may see and ask what: for doors to which people and programs come over a network. */
package io.imaas.app.access;
