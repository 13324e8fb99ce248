"""Moves a simulated arm as Laban tells: mujoco_arm.py ROBOT.urdf [--offscreen OUT.mp4] [--events F.jsonl]
Needs `pip install mujoco pyzmq` (and ffmpeg to write). A simulation may follow a dry run; a real arm must refuse it."""
import argparse, json, pathlib, re, subprocess, mujoco, mujoco.viewer, numpy, zmq
options = argparse.ArgumentParser(description=__doc__)
options.add_argument("urdf", type=pathlib.Path)
for name in "events", "offscreen", "address": options.add_argument("--" + name)
options = options.parse_args()
def mesh(match):  # package://… lies somewhere above the URDF
    places = [folder / match[1].partition("/")[2] for folder in options.urdf.resolve().parents]
    return 'filename="%s"' % next((place for place in places if place.exists()), match[1])
text = re.sub(r"<visual\b.*?</visual>", "", options.urdf.read_text(), flags=re.S)  # MuJoCo reads no DAE
tag = r'\1<mujoco><compiler fusestatic="false" discardvisual="false" strippath="false" meshdir="/"/></mujoco>'
text = re.sub(r"(<robot\b[^>]*>)", tag, re.sub(r'filename="package://([^"]*)"', mesh, text), count=1)
spec = mujoco.MjSpec.from_string(text)
spec.option.timestep, spec.visual.global_.offwidth, spec.visual.global_.offheight = 0.001, 720, 720
spec.worldbody.add_geom(type=mujoco.mjtGeom.mjGEOM_PLANE, size=[3, 3, 0.1], rgba=[0.25, 0.3, 0.35, 1])
for body in spec.bodies: body.gravcomp = 1  # as the controller of a real arm does
for geom in spec.geoms: geom.contype = geom.conaffinity = 0
for joint in spec.joints:  # a servo in each: told where to be and how fast to move, stiff as its effort allows
    effort, joint.damping, joint.armature = max(map(abs, joint.actfrcrange)) or 50.0, numpy.zeros((3, 1)), 0.1
    for kind in "q", "qd":
        servo = spec.add_actuator(name=f"{joint.name}/{kind}", target=joint.name, trntype=mujoco.mjtTrn.mjTRN_JOINT)
        servo.set_to_position(kp=46 * effort) if kind == "q" else servo.set_to_velocity(kv=1.4 * effort)
model, time = spec.compile(), None
data, eye, drawn = mujoco.MjData(model), mujoco.MjvCamera(), options.offscreen and mujoco.Renderer(model, 720, 720)
eye.azimuth, eye.elevation, eye.distance, eye.lookat = 150, -15, 1.8 * model.stat.extent, model.stat.center
if drawn: film = subprocess.Popen("ffmpeg -v error -y -f rawvideo -pix_fmt rgb24 -s 720x720 -r 25 -i - -pix_fmt yuv420p"
                                  .split() + [options.offscreen], stdin=subprocess.PIPE)
else: view = mujoco.viewer.launch_passive(model, data)
bus = zmq.Context().socket(zmq.SUB); bus.subscribe(b"laban/1/"); bus.connect(options.address or "tcp://127.0.0.1:5570")
lines = open(options.events) if options.events else (bus.recv_multipart()[1] for _ in iter(int, 1))
for event in (event for event in map(json.loads, lines) if event["type"] == "laban.robot"):
    for name, q, qd in zip(event["joint_names"], event["q"], event["qd"]):
        if time is None: data.joint(name).qpos = q
        data.actuator(name + "/q").ctrl, data.actuator(name + "/qd").ctrl = q, qd
    time, before = event["target_us"], event["target_us"] if time is None else time
    if time > before: mujoco.mj_step(model, data, min((time - before) // 1000, 100))
    if not drawn: view.sync()
    elif time // 40_000 > before // 40_000: drawn.update_scene(data, eye); film.stdin.write(drawn.render().tobytes())
if drawn: film.communicate()
