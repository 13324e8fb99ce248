/// What the peers' Python process does.
enum PosePeerProgram {
    static let source = #"""
        import sys, time

        def network(interpreters, path, runs):
            import numpy
            from ai_edge_litert.interpreter import Interpreter
            if path not in interpreters:
                made = Interpreter(model_path=path, num_threads=1)
                made.allocate_tensors()
                details = made.get_input_details()[0]
                made.set_tensor(details["index"], numpy.random.default_rng(1).random(details["shape"], dtype="float32"))
                for _ in range(3):
                    made.invoke()
                interpreters[path] = made
            best = float("inf")
            for _ in range(runs):
                start = time.perf_counter()
                interpreters[path].invoke()
                best = min(best, time.perf_counter() - start)
            return best * 1000

        def pose(pictures, path, frames):
            import cv2
            import mediapipe
            cv2.setNumThreads(1)
            if path not in pictures:
                video = cv2.VideoCapture(path)
                pictures[path] = []
                while len(pictures[path]) < frames:
                    there, picture = video.read()
                    if not there:
                        break
                    pictures[path].append(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
            with mediapipe.solutions.pose.Pose(model_complexity=1) as solution:
                solution.process(pictures[path][0])
                start = time.process_time()
                for picture in pictures[path]:
                    solution.process(picture)
                return (time.process_time() - start) * 1000 / len(pictures[path])

        def has(part):
            if part == "tflite":
                import ai_edge_litert.interpreter
            else:
                import cv2, mediapipe
            return 1

        answers = sys.stdout
        sys.stdout = sys.stderr
        interpreters, pictures = {}, {}
        for line in sys.stdin:
            word, rest = line.rstrip("\n").split(" ", 1)
            try:
                if word == "has":
                    answer = has(rest)
                else:
                    number, path = rest.split(" ", 1)
                    work, kept = (network, interpreters) if word == "network" else (pose, pictures)
                    answer = work(kept, path, int(number))
            except Exception as error:
                answer = repr(error).replace("\n", " ")
            answers.write(f"{answer}\n")
            answers.flush()
        """#
}
