import Imaging

extension PuppetPainter {
    /// All parts of one person in camera axes.
    func parts(of person: PuppetAppearance) -> [Part] {
        let skeleton = person.skeleton
        func at(_ joint: BlazeJoint) -> SIMD3<Float> { camera.local(skeleton[joint]) }
        var parts: [Part] = []
        for side in PuppetSide.allCases {
            parts += arm(of: person, at(.shoulder(side)), at(.elbow(side)), at(.wrist(side)), side)
            parts += leg(of: person, at(.hip(side)), at(.knee(side)), at(.ankle(side)), side)
        }
        parts.append(trunk(of: person))
        parts += head(of: person)
        return parts
    }

    private func arm(
        of person: PuppetAppearance, _ shoulder: SIMD3<Float>, _ elbow: SIMD3<Float>, _ wrist: SIMD3<Float>,
        _ side: PuppetSide
    ) -> [Part] {
        let look = person.look
        let unit = person.body.stature * person.body.girth / 1.72
        let slender = person.body.stature / 1.72
        var upper: [Shape] = [.limb(from: shoulder, to: elbow, radii: SIMD2(0.052, 0.04) * unit, color: look.skin)]
        let cuff = look.longSleeves ? elbow : shoulder + (elbow - shoulder) * 0.55
        upper.append(
            .limb(
                from: shoulder, to: cuff, radii: SIMD2(0.06, look.longSleeves ? 0.047 : 0.055) * unit, color: look.shirt
            ))
        var lower: [Shape] = [.limb(from: elbow, to: wrist, radii: SIMD2(0.04, 0.028) * unit, color: look.skin)]
        if look.longSleeves {
            let end = elbow + (wrist - elbow) * 0.92
            lower.append(.limb(from: elbow, to: end, radii: SIMD2(0.046, 0.036) * unit, color: look.shirt))
        }
        let index = camera.local(person.skeleton[.index(side)])
        let pinky = camera.local(person.skeleton[.pinky(side)])
        let thumb = camera.local(person.skeleton[.thumb(side)])
        let hand: [Shape] = [
            .limb(
                from: wrist, to: (wrist + thumb) / 2 + (thumb - wrist) * 0.5, radii: SIMD2(0.022, 0.013) * slender,
                color: look.skin),
            .limb(
                from: wrist + (index - wrist) * 0.15, to: index, radii: SIMD2(0.03, 0.02) * slender, color: look.skin),
            .limb(
                from: wrist + (pinky - wrist) * 0.15, to: pinky, radii: SIMD2(0.026, 0.017) * slender, color: look.skin),
            .stroke(from: (wrist + index) / 2, to: index, radii: SIMD2(0.022, 0.014) * slender, color: look.skin),
        ]
        return [
            Part(depth: (shoulder.z + elbow.z) / 2 - 0.05, shapes: upper),
            Part(depth: (elbow.z + wrist.z) / 2 - 0.06, shapes: lower),
            Part(depth: (wrist.z + index.z) / 2 - 0.07, shapes: hand),
        ]
    }

    private func leg(
        of person: PuppetAppearance, _ hip: SIMD3<Float>, _ knee: SIMD3<Float>, _ ankle: SIMD3<Float>,
        _ side: PuppetSide
    ) -> [Part] {
        let look = person.look
        let unit = person.body.stature * person.body.girth / 1.72
        let cloth = look.shorts ? look.skin : look.trousers
        var upper: [Shape] = [.limb(from: hip, to: knee, radii: SIMD2(0.088, 0.058) * unit, color: cloth)]
        if look.shorts {
            upper.append(
                .limb(from: hip, to: hip + (knee - hip) * 0.7, radii: SIMD2(0.094, 0.075) * unit, color: look.trousers))
        }
        let lower: [Shape] = [
            .limb(from: knee, to: ankle, radii: SIMD2(0.058, look.shorts ? 0.036 : 0.045) * unit, color: cloth)
        ]
        // Of somebody upright the shirt hangs over the thighs; of somebody who sits the thighs are in front.
        let trunk = camera.local(person.skeleton.pelvis) - camera.local(person.skeleton.neck)
        let isUpright = dot(normalized(knee - hip), normalized(trunk)) > 0.75
        let heel = camera.local(person.skeleton[.heel(side)])
        let toe = camera.local(person.skeleton[.toe(side)])
        let rise = (ankle - (heel + (toe - heel) * 0.27)) * 0.34
        let shoe: [Shape] = [
            .limb(from: ankle, to: heel + rise, radii: SIMD2(0.04, 0.034) * unit, color: look.shoes),
            .limb(from: heel + rise, to: toe + rise * 0.8, radii: SIMD2(0.036, 0.026) * unit, color: look.shoes),
            .limb(from: ankle, to: (heel + toe) / 2 + rise, radii: SIMD2(0.038, 0.034) * unit, color: look.shoes),
        ]
        return [
            Part(depth: (hip.z + knee.z) / 2 + (isUpright ? 0.15 : 0), shapes: upper),
            Part(depth: (knee.z + ankle.z) / 2, shapes: lower),
            Part(depth: (ankle.z + toe.z) / 2 - 0.01, shapes: shoe),
        ]
    }

    private func trunk(of person: PuppetAppearance) -> Part {
        let skeleton = person.skeleton
        let look = person.look
        let unit = person.body.stature * person.body.girth / 1.72
        func at(_ joint: BlazeJoint) -> SIMD3<Float> { camera.local(skeleton[joint]) }
        let neck = camera.local(skeleton.neck)
        let spine = camera.local(skeleton.spine)
        let pelvis = camera.local(skeleton.pelvis)
        let (left, right) = (at(.leftShoulder), at(.rightShoulder))
        let (leftHip, rightHip) = (at(.leftHip), at(.rightHip))
        let down = (pelvis - neck) * 0.1
        let waistLeft = spine + (left - right) * 0.28
        let waistRight = spine - (left - right) * 0.28
        let belt = (pelvis - spine) * 0.75
        let hips: [Shape] = [
            .limb(from: leftHip, to: rightHip, radii: SIMD2(0.1, 0.1) * unit, color: look.trousers)
        ]
        let shirt: [Shape] = [
            .limb(
                from: neck + down + (left - neck) * 0.75, to: neck + down + (right - neck) * 0.75,
                radii: SIMD2(0.085, 0.085) * unit, color: look.shirt),
            .limb(
                from: left + (neck - left) * 0.3 + down, to: waistLeft, radii: SIMD2(0.085, 0.085) * unit,
                color: look.shirt),
            .limb(
                from: right + (neck - right) * 0.3 + down, to: waistRight, radii: SIMD2(0.085, 0.085) * unit,
                color: look.shirt),
            .limb(from: waistLeft, to: leftHip - belt * 0.25, radii: SIMD2(0.085, 0.095) * unit, color: look.shirt),
            .limb(from: waistRight, to: rightHip - belt * 0.25, radii: SIMD2(0.085, 0.095) * unit, color: look.shirt),
            .stroke(
                from: neck + down * 1.5, to: pelvis - belt * 0.4, radii: SIMD2(0.085, 0.09) * unit, color: look.shirt),
        ]
        return Part(depth: (neck.z + pelvis.z) / 2 - 0.03, shapes: hips + shirt)
    }

    private func head(of person: PuppetAppearance) -> [Part] {
        let skeleton = person.skeleton
        let look = person.look
        let size = person.body.head
        let skull = camera.local(skeleton.skull)
        let top = camera.local(skeleton.headTop)
        let up = normalized(top - skull)
        let forward = camera.local(skeleton.skull + skeleton.headForward) - skull
        let left = camera.local(skeleton.skull + skeleton.headLeft) - skull
        let center = skull + up * (0.46 * size)
        let facing = -dot(forward, normalized(center))
        let neckBase = camera.local(skeleton.neck)
        let neck = Part(
            depth: (neckBase.z + skull.z) / 2,
            shapes: [
                .limb(
                    from: neckBase, to: skull + up * 0.1 * size,
                    radii: SIMD2(0.052, 0.046) * person.body.stature / 1.72, color: look.skin.darkened(0.08))
            ])
        let face = face(center, up: up, forward: forward, left: left, size: size, facing: facing, look)
        let hair: [Shape] = [
            .ellipse(
                center: center + up * (0.07 * size) - forward * (0.06 * size), axis: up,
                radii: SIMD2(0.56, 0.44) * size,
                color: look.hair)
        ]
        // Whichever of face and hair is nearer the camera covers the other.
        let shapes = facing > -0.15 ? hair + face : face + hair
        var parts = [neck, Part(depth: center.z - 0.03, shapes: shapes)]
        if look.longHair {
            let crown = center - forward * (0.16 * size)
            let tips = center - up * (0.8 * size) - forward * (0.3 * size)
            parts.append(
                Part(
                    depth: tips.z - 0.02,
                    shapes: [.limb(from: crown, to: tips, radii: SIMD2(0.4, 0.27) * size, color: look.hair)]))
        }
        return parts
    }

    private func face(
        _ center: SIMD3<Float>, up: SIMD3<Float>, forward: SIMD3<Float>, left: SIMD3<Float>, size: Float, facing: Float,
        _ look: PuppetLook
    ) -> [Shape] {
        func place(_ x: Float, _ y: Float, _ z: Float) -> SIMD3<Float> {
            center + left * (x * size) + up * (y * size) + forward * (z * size)
        }
        func isSeen(_ x: Float, _ z: Float) -> Bool {
            let normal = normalized(left * x + forward * z)
            return dot(normal, normalized(center)) < -0.12
        }
        let dark = look.skin.darkened(0.25)
        var shapes: [Shape] = []
        for x in [Float(0.36), -0.36] {
            let ear = Shape.ellipse(
                center: place(x, -0.03, -0.02), axis: up, radii: SIMD2(0.12, 0.07) * size, color: dark)
            if isSeen(x, 0.05) || facing > 0 { shapes.append(ear) }
        }
        shapes.append(
            .ellipse(center: place(0, -0.05, 0.07), axis: up, radii: SIMD2(0.49, 0.37) * size, color: dark))
        shapes.append(
            .ellipse(center: place(0.01, -0.04, 0.08), axis: up, radii: SIMD2(0.46, 0.34) * size, color: look.skin))
        guard facing > -0.5 else { return shapes }
        for x in [Float(0.15), -0.15] where isSeen(x * 1.6, 0.4) {
            shapes.append(
                .ellipse(center: place(x, 0.06, 0.4), axis: left, radii: SIMD2(0.075, 0.045) * size, color: .white))
            shapes.append(
                .ellipse(
                    center: place(x, 0.06, 0.41), axis: left, radii: SIMD2(0.036, 0.036) * size,
                    color: Color(40, 30, 28)))
            shapes.append(
                .stroke(
                    from: place(x - 0.08, 0.15, 0.39), to: place(x + 0.08, 0.15, 0.39),
                    radii: SIMD2(0.017, 0.017) * size,
                    color: look.hair.darkened(0.1)))
        }
        if isSeen(0, 1) || abs(facing) < 0.5 {
            shapes.append(
                .limb(
                    from: place(0, 0.04, 0.42), to: place(0, -0.1, 0.5), radii: SIMD2(0.03, 0.05) * size,
                    color: look.skin.darkened(0.1)))
        }
        if isSeen(0, 0.4) {
            shapes.append(
                .stroke(
                    from: place(0.1, -0.28, 0.38), to: place(-0.1, -0.28, 0.38), radii: SIMD2(0.024, 0.024) * size,
                    color: Color(150, 70, 66)))
        }
        return shapes
    }
}
