/** Messages to people by SMTP. */
package io.imaas.adapter.mail;
