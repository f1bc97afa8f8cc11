/** An application of a user's. */
@NullMarked
package com.example.notes;

import org.jspecify.annotations.NullMarked;
