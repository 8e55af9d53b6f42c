/** Web hooks: what a sender proves, and what it tells, for each kind of sender one class. */
package io.imaas.server.hook;
