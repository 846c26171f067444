/**
 * @file The wheels that TensorFlow's libraries come from, pinned by hash; one list per set and platform.
 *
 * linux-x64 was tried; of CUDA, only that it loads (there was no GPU). linux-arm64 and darwin-arm64 are what PyPI has, untried.
 */
export const version = "2.21.0";

const tensorflow = (name, platform, megabytes, sha256, libraries) => ({
  name,
  version,
  platforms: [platform],
  megabytes,
  sha256,
  takes: libraries.map((file) => `tensorflow/${file}`),
});

const elf = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];
const machO = ["libtensorflow_cc.2.dylib", "libtensorflow_framework.2.dylib"];
export const libraryFiles = process.platform === "darwin" ? machO : elf;

/** Of NVIDIA's wheels: the libraries, and what XLA calls to compile (ptxas, libdevice). */
const nvidia = (name, version, megabytes, sha256) => ({
  name: `nvidia-${name}-cu12`,
  version,
  platforms: ["manylinux_2_27_x86_64", "manylinux2014_x86_64", "manylinux2010_x86_64"],
  megabytes,
  sha256,
  takes: ["nvidia/"],
  leaves: ["/include/", ".alt.so", "libcusolverMg", ".py"], // for those who compile, and what TensorFlow never opens
});

/**
 * What `tensorflow[and-cuda]` asks for, as CUDA 12.8 update 1 and cuDNN 9.10.2: the newest cuDNN for compute capabilities 6.0
 * and 7.0, and the oldest CUDA for 12.0. pip itself would take cuDNN 9.28, which runs on 7.5 and newer only.
 */
const cuda = [
  nvidia("cublas", "12.8.4.1", 594, "8ac4e771d5a348c551b2a426eda6193c19aa630236b418086020df5ba9667142"),
  nvidia("cuda-cupti", "12.8.90", 10, "ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182"),
  nvidia("cuda-nvcc", "12.8.93", 40, "2d6dc36fb7cb5ac9c0b8825bc13d193c35487a315664007287d0126531238011"),
  nvidia("cuda-nvrtc", "12.8.93", 88, "a7756528852ef889772a84c6cd89d41dfa74667e24cca16bb31f8f061e3e9994"),
  nvidia("cuda-runtime", "12.8.90", 1, "adade8dcbd0edf427b7204d480d6066d33902cab2a4707dcfc48a2d0fd44ab90"),
  nvidia("cudnn", "9.10.2.21", 707, "949452be657fa16687d0930933f032835951ef0892b37d2d53824d1a84dc97a8"),
  nvidia("cufft", "11.3.3.83", 193, "4d2dd21ec0b88cf61b62e6b43564355e5222e4a3fb394cac0db101f2dd0d4f74"),
  nvidia("curand", "10.3.9.90", 64, "b32331d4f4df5d6eefa0554c565b626c7216f87a06a4f56fab27c3b68a830ec9"),
  nvidia("cusolver", "11.7.3.90", 268, "4376c11ad263152bd50ea295c05370360776f8c3427b30991df774f9fb26c450"),
  nvidia("cusparse", "12.5.8.93", 288, "1ec05d76bbbd8b61b06a80e1eaf8cf4959c3d4ce8e711b65ebd0443bb0ebb13b"),
  nvidia("nccl", "2.27.7", 323, "de5ba5562f08029a19cb1cd659404b18411ed0d6c90ac5f52f30bf99ad5809aa"),
  nvidia("nvjitlink", "12.8.93", 39, "81ff63371a7ebd6e6451970684f916be2eab07321b73c9d244dc2b4da7f73b88"),
];

/** `gigabytes`: on disk, once it is unpacked. */
export const sets = {
  cpu: {
    "linux-x64": {
      tried: true,
      gigabytes: 0.9,
      wheels: [
        tensorflow(
          "tensorflow-cpu",
          "manylinux_2_27_x86_64",
          274,
          "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
          elf,
        ),
      ],
    },
    "linux-arm64": {
      tried: false,
      gigabytes: 0.9,
      wheels: [
        tensorflow(
          "tensorflow",
          "manylinux_2_27_aarch64",
          282,
          "4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c",
          elf,
        ),
      ],
    },
    "darwin-arm64": {
      tried: false,
      gigabytes: 0.8,
      wheels: [
        tensorflow(
          "tensorflow",
          "macosx_12_0_arm64",
          223,
          "51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88",
          machO,
        ),
      ],
    },
  },
  cuda: {
    "linux-x64": {
      tried: true,
      gigabytes: 4.8,
      wheels: [
        tensorflow(
          "tensorflow",
          "manylinux_2_27_x86_64",
          572,
          "9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124",
          elf,
        ),
        ...cuda,
      ],
    },
  },
};
