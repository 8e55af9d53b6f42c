/** Where things lie in a project of either layout, and the names that artifacts get inside a CAR. */
package io.imaas.adapter.mi.layout;
