/** A person's logins on this machine, in the keyring that the machine has. */
package io.imaas.adapter.keyring;
