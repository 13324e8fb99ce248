import Foundation

/// Both at once, of an angle in radians.
func sineAndCosine(_ angle: Float) -> (sine: Float, cosine: Float) { (sin(angle), cos(angle)) }
