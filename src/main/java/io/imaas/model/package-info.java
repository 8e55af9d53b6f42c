/**
 * The words of the project as immutable values, under everything and importing nothing but {@code java.*}. Every type
 * is final and {@link java.io.Serializable}: values cross Jenkins remoting and controller restarts.
 */
package io.imaas.model;
