/** This machine: its time and its environment. */
package io.imaas.adapter.system;
