/** Under so many results a share says next to nothing: of 20, the 95 % range is still some 40 points wide in the middle. */
export const LEAST = 20
/** The same of one group of the calibration, of which there are ten. */
export const LEAST_IN_BIN = 10
