import JSONLines

extension EventFields {
    /// Writes the fields that are set as one object.
    func encode(into line: inout JSONWriter) {
        line.openObject()
        line.member("v", version)
        line.member("type", type)
        line.member("id", id)
        line.member("phase", phase)
        line.member("run", run)
        line.member("stream", stream)
        line.member("seq", sequence)
        line.member("camera", camera)
        line.member("track", track)
        line.member("other_track", otherTrack)
        if let mutual {
            line.key("mutual")
            line.value(mutual)
        }
        line.member("label", label)
        line.member("confidence", confidence)
        line.member("index", index)
        line.member("rom_deg", rangeOfMotion)
        line.member("down_s", down)
        line.member("up_s", up)
        line.member("state", state)
        line.member("message", message)
        line.member("frames", frames)
        line.member("dropped_frames", droppedFrames)
        line.member("outage_s", outage)
        line.member("fps", framesPerSecond)
        line.member("dropped_share", droppedShare)
        line.member("waiting", waiting)
        line.member("dropped", dropped)
        line.member("since_us", since)
        line.member("until_us", until)
        if let joints {
            line.key("joints")
            line.openObject()
            line.member("measured", joints.measured)
            line.member("filled", joints.filled)
            line.member("guessed", joints.guessed)
            line.closeObject()
        }
        if let mayBeSwapped {
            line.key("may_be_swapped")
            line.value(mayBeSwapped)
        }
        if let swappedWith {
            line.key("with")
            line.openArray()
            for other in swappedWith { line.value(other) }
            line.closeArray()
        }
        if let lastSequences {
            line.key("last_seq")
            line.openObject()
            for position in lastSequences {
                line.key(quoting: position.stream)
                line.value(position.sequence)
            }
            line.closeObject()
        }
        line.member("frame", frame)
        line.member("pts_us", presentationTime)
        line.member("start_pts_us", start)
        line.member("end_pts_us", end)
        line.member("turn_pts_us", turningPoint)
        line.member("t_cap_us", captureTime)
        line.member("t_pub_us", publishTime)
        line.member("clock", clock)
        line.member("mono_ns", monotonicNanoseconds)
        line.member("reason", reason)
        line.member("model", model)
        if let durable {
            line.key("durable")
            line.value(durable)
        }
        line.closeObject()
    }

    /// Reads the value of one key; an unknown key's is passed over, and null is as good as absent.
    mutating func read(_ key: JSONKey, from scanner: inout JSONScanner) throws(JSONFault) {
        if scanner.skipNull() { return }
        func matches(_ word: StaticString) -> Bool { scanner.matches(key, word) }
        if matches("v") {
            version = try scanner.readInteger()
        } else if matches("type") {
            type = try scanner.readString()
        } else if matches("id") {
            id = try scanner.readString()
        } else if matches("phase") {
            phase = try scanner.readString()
        } else if matches("run") {
            run = try scanner.readString()
        } else if matches("stream") {
            stream = try scanner.readString()
        } else if matches("seq") {
            sequence = try scanner.readUnsigned()
        } else if matches("camera") {
            camera = try scanner.readString()
        } else if matches("track") {
            track = try scanner.readInteger()
        } else if matches("other_track") {
            otherTrack = try scanner.readInteger()
        } else if matches("mutual") {
            mutual = try scanner.readFlag()
        } else if matches("label") {
            label = try scanner.readString()
        } else if matches("confidence") {
            confidence = try scanner.readNumber()
        } else {
            try readDetail(key, from: &scanner)
        }
    }

    private mutating func readDetail(_ key: JSONKey, from scanner: inout JSONScanner) throws(JSONFault) {
        func matches(_ word: StaticString) -> Bool { scanner.matches(key, word) }
        if matches("index") {
            index = try scanner.readInteger()
        } else if matches("rom_deg") {
            rangeOfMotion = try scanner.readNumber()
        } else if matches("down_s") {
            down = try scanner.readNumber()
        } else if matches("up_s") {
            up = try scanner.readNumber()
        } else if matches("state") {
            state = try scanner.readString()
        } else if matches("message") {
            message = try scanner.readString()
        } else if matches("frames") {
            frames = try scanner.readInteger()
        } else if matches("dropped_frames") {
            droppedFrames = try scanner.readInteger()
        } else if matches("outage_s") {
            outage = try scanner.readNumber()
        } else if matches("fps") {
            framesPerSecond = try scanner.readNumber()
        } else if matches("dropped_share") {
            droppedShare = try scanner.readNumber()
        } else if matches("waiting") {
            waiting = try scanner.readInteger()
        } else if matches("dropped") {
            dropped = try scanner.readInteger()
        } else if matches("since_us") {
            since = try scanner.readInteger()
        } else if matches("until_us") {
            until = try scanner.readInteger()
        } else if matches("joints") {
            joints = try Self.joints(from: &scanner)
        } else if matches("may_be_swapped") {
            mayBeSwapped = try scanner.readFlag()
        } else if matches("with") {
            var others: [Int64] = []
            try scanner.readArray { (scanner) throws(JSONFault) in others.append(try scanner.readInteger()) }
            swappedWith = others
        } else if matches("last_seq") {
            var positions: [HeartbeatPayload.Position] = []
            try scanner.readObject { (scanner, key) throws(JSONFault) in
                let stream = try scanner.text(of: key)
                positions.append(.init(stream: stream, sequence: try scanner.readUnsigned()))
            }
            lastSequences = positions
        } else {
            try readTimes(key, from: &scanner)
        }
    }

    private static func joints(from scanner: inout JSONScanner) throws(JSONFault) -> JointFields {
        var joints = JointFields()
        try scanner.readObject { (scanner, key) throws(JSONFault) in
            if scanner.matches(key, "measured") {
                joints.measured = try scanner.readNumber()
            } else if scanner.matches(key, "filled") {
                joints.filled = try scanner.readNumber()
            } else if scanner.matches(key, "guessed") {
                joints.guessed = try scanner.readNumber()
            } else {
                try scanner.skipValue()
            }
        }
        return joints
    }

    private mutating func readTimes(_ key: JSONKey, from scanner: inout JSONScanner) throws(JSONFault) {
        func matches(_ word: StaticString) -> Bool { scanner.matches(key, word) }
        if matches("frame") {
            frame = try scanner.readInteger()
        } else if matches("pts_us") {
            presentationTime = try scanner.readInteger()
        } else if matches("start_pts_us") {
            start = try scanner.readInteger()
        } else if matches("end_pts_us") {
            end = try scanner.readInteger()
        } else if matches("turn_pts_us") {
            turningPoint = try scanner.readInteger()
        } else if matches("t_cap_us") {
            captureTime = try scanner.readInteger()
        } else if matches("t_pub_us") {
            publishTime = try scanner.readInteger()
        } else if matches("clock") {
            clock = try scanner.readString()
        } else if matches("mono_ns") {
            monotonicNanoseconds = try scanner.readUnsigned()
        } else if matches("reason") {
            reason = try scanner.readString()
        } else if matches("model") {
            model = try scanner.readString()
        } else if matches("durable") {
            durable = try scanner.readFlag()
        } else {
            try scanner.skipValue()
        }
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: StaticString, _ text: String?) {
        guard let text else { return }
        key(name)
        value(text)
    }

    fileprivate mutating func member(_ name: StaticString, _ number: Int64?) {
        guard let number else { return }
        key(name)
        value(number)
    }

    fileprivate mutating func member(_ name: StaticString, _ number: UInt64?) {
        guard let number else { return }
        key(name)
        value(number)
    }

    fileprivate mutating func member(_ name: StaticString, _ number: Double?) {
        guard let number, number.isFinite else { return }
        key(name)
        value(rounding: number)
    }
}
